import { ANSWERED_WITHIN_DAYS, HOURS_AT_ONCE, hoursLeft } from '../../benefits/requestForm';
import { PHASES } from '../../benefits/serviceRequest';
import { requestDescribeCard } from '../../cards/request-describe/requestDescribe';
import { formStep } from './form';

export const DESCRIBE_FIELDS = ['title', 'description', 'product', 'phase', 'hours'] as const;

/** What the advice is about, and how many hours it shall take. */
export const describe = formStep({
  name: 'describe',
  verb: 'describeRequest',
  fields: DESCRIBE_FIELDS,
  card: (ask, benefit, t) =>
    requestDescribeCard(
      {
        ...ask,
        benefit: benefit.name,
        left: hoursLeft(benefit) ?? null,
        most: HOURS_AT_ONCE,
        days: ANSWERED_WITHIN_DAYS,
        phases: PHASES,
      },
      t,
    ),
});
