import { COUNTRIES } from '../../benefits/countries';
import { CONSULTANT_LANGUAGES } from '../../benefits/requestForm';
import { requestContactCard } from '../../cards/request-contact/requestContact';
import { formStep } from './form';

/** How a consultant reaches the person, in which language. */
export const contact = formStep({
  name: 'contact',
  verb: 'giveContact',
  fields: ['country', 'language', 'phone', 'timeZone'],
  card: (ask, _benefit, t) =>
    requestContactCard({ ...ask, countries: COUNTRIES, languages: CONSULTANT_LANGUAGES }, t),
});
