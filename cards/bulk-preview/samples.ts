import { assignManyCard } from '../assign-many/assignMany';
import assignMany from '../assign-many/sample.json';
import { bulkProgressCard } from '../bulkProgress';
import { pickUsersCard } from '../pick-users/pickUsers';
import pickUsers from '../pick-users/sample.json';
import type { Samples } from '../samples';
import { bulkPreviewCard, type BulkPreviewAsk } from './bulkPreview';
import preview from './sample.json';

const { bulk, part, benefits } = preview as BulkPreviewAsk;

/** Assigning to several people at once. */
export const bulkSamples: Samples = {
  'assign-many': (t) => assignManyCard(assignMany, t),
  'assign-many, refused': (t) => assignManyCard({ ...assignMany, refusal: t('refusal.listNeedsColumns') }, t),
  'pick-users': (t) => pickUsersCard(pickUsers, t),
  'bulk-preview': (t) => bulkPreviewCard({ bulk, part, benefits }, t),
  'message, a list under way': (t) => bulkProgressCard({ ...bulk, state: 'assigning', assigned: 4 }, t),
  'message, a list that is done': (t) => bulkProgressCard({ ...bulk, state: 'done', assigned: 20 }, t),
};
