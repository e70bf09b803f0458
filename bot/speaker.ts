import { createHash } from 'node:crypto';
import { type Activity, type TeamsChannelAccount, TeamsInfo, type TurnContext } from 'botbuilder';
import type { Profile, Seen, SignIn } from '../benefits/people';
import { ConnectorError } from '../notifications/connectorError';
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
  return {
    objectId: signInKey(from.aadObjectId || from.id),
    profile: async () => profileOf(await memberOf(context), tenantOf(context.activity)),
  };
}

/**
 * A sign-in as it stands in a row key. An Entra object id is a GUID, whatever its capitals; of what else a local client
 * sends, two different ones stay different: a digest is longer than whatever stands for itself.
 */
function signInKey(id: string): string {
  const lowered = id.toLowerCase();
  if (GUID.test(lowered)) return lowered;
  return PLAIN_ID.test(id) ? id : `id-${createHash('sha256').update(id, 'utf16le').digest('hex')}`;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PLAIN_ID = /^[a-z0-9-]{1,64}$/;

/** Who speaks, as the roster has them; who isn't in it is known by name only. */
async function memberOf(context: TurnContext): Promise<Partial<TeamsChannelAccount>> {
  const { from } = context.activity;
  try {
    return await TeamsInfo.getMember(context, from.id);
  } catch (error) {
    if (error instanceof ConnectorError && error.statusCode === 404) return { name: from.name };
    throw error;
  }
}

/** A guest's principal name is not an address, and their tenant is another. */
function profileOf(member: Partial<TeamsChannelAccount>, tenantId: string): Profile {
  const { name, email = '', userPrincipalName = '', userRole, tenantId: home = tenantId } = member;
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

/** A chat of two. Where its kind isn't said, the id tells it from a group chat's and a channel's. */
export const isPrivate = ({ conversation: { id, conversationType } }: Activity): boolean =>
  conversationType === 'personal' || (conversationType === undefined && !id.startsWith('19:'));

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
    .replace(/<at[^<>]*>[^<]*<\/at>/gi, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .trim();
  const mention = recipient.name ? `@${recipient.name}` : '';
  return mention && plain.toLowerCase().startsWith(mention.toLowerCase())
    ? plain.slice(mention.length).trim()
    : plain;
}
