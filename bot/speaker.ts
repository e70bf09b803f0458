import { type Activity, type TeamsChannelAccount, TeamsInfo, type TurnContext } from 'botbuilder';
import type { Profile, Seen, SignIn } from '../benefits/people';
import { languageFrom } from '../locales/texts';

/** The tenant of an activity; admission has checked it. */
export function tenantOf({ conversation, channelData }: Activity): string {
  const fromChannel = (channelData as { tenant?: { id?: string } } | undefined)?.tenant?.id;
  const tenantId = fromChannel ?? conversation.tenantId;
  if (!tenantId) throw new Error('an activity without a tenant was admitted');
  return tenantId.toLowerCase();
}

/** Who speaks, taken from the activity alone: nothing in a card's data says who presses. */
export function signInOf(context: TurnContext): SignIn {
  const { from } = context.activity;
  const objectId = (from.aadObjectId ?? from.id).toLowerCase();
  return {
    // an Entra object id is a GUID; whatever else a local client sends must fit a row key
    objectId: objectId.replace(/[^a-z0-9-]/g, '-'),
    profile: async () => profileOf(await TeamsInfo.getMember(context, from.id), tenantOf(context.activity)),
  };
}

/** A guest's principal name is not an address, and their tenant is another. */
function profileOf(member: TeamsChannelAccount, tenantId: string): Profile {
  const { name, email, userPrincipalName = '', userRole, tenantId: home = tenantId } = member;
  const address = email || userPrincipalName;
  const guest =
    userRole === 'guest' || /#ext#/i.test(userPrincipalName + email) || home.toLowerCase() !== tenantId;
  return { displayName: name || address, email: address, guest };
}

/** Where and how the speaker is reached, from what the activity tells. */
export function seenIn({
  channelId,
  serviceUrl,
  conversation,
  recipient,
  from,
  locale,
  localTimezone,
}: Activity): Seen {
  const { id, tenantId, conversationType } = conversation;
  return {
    reference: {
      channelId,
      serviceUrl,
      conversation: { id, tenantId, conversationType },
      bot: { id: recipient.id, name: recipient.name },
      user: { id: from.id, aadObjectId: from.aadObjectId },
    },
    language: languageFrom(locale),
    timeZone: localTimezone,
  };
}

export const isPrivate = ({ conversation }: Activity): boolean =>
  conversation.conversationType === undefined || conversation.conversationType === 'personal';

/** Somebody gets the bot, or opens its chat: told by either activity, or both, more than once. */
export function isArrival({ type, action, membersAdded, from, recipient }: Activity): boolean {
  if (from.id === recipient.id) return false;
  return (
    (type === 'installationUpdate' && action === 'add') ||
    (type === 'conversationUpdate' && (membersAdded ?? []).length > 0)
  );
}

export const isDeparture = ({ type, action }: Activity): boolean =>
  type === 'installationUpdate' && action === 'remove';

/** What was typed, without a mention of the bot before it. */
export function typedText({ text, recipient }: Activity): string {
  const plain = (text ?? '')
    .replace(/<at[^>]*>.*?<\/at>/gis, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .trim();
  const mention = recipient.name ? `@${recipient.name}` : '';
  return mention && plain.toLowerCase().startsWith(mention.toLowerCase())
    ? plain.slice(mention.length).trim()
    : plain;
}
