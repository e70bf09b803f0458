import { createSerializer, type OperationSpec, type OperationURLParameter } from '@azure/core-client';
import { type ConnectorClient, ConversationConstants } from 'botframework-connector';

const AS_IT_IS = { type: { name: 'any' } } as const;

const idIn = (name: string): OperationURLParameter => ({
  parameterPath: name,
  mapper: { serializedName: name, required: true, type: { name: 'String' } },
});

const postTo = (path: string, ...ids: string[]): OperationSpec => ({
  httpMethod: 'POST',
  path,
  urlParameters: ids.map(idIn),
  headerParameters: [
    {
      parameterPath: 'conversationId',
      mapper: {
        serializedName: ConversationConstants.ConversationIdHttpHeaderName,
        type: { name: 'String' },
      },
    },
  ],
  requestBody: { parameterPath: 'activity', mapper: AS_IT_IS },
  responses: { 200: { bodyMapper: AS_IT_IS }, 201: { bodyMapper: AS_IT_IS }, 202: { bodyMapper: AS_IT_IS } },
  serializer: createSerializer(),
});

const SEND = postTo('v3/conversations/{conversationId}/activities', 'conversationId');
const REPLY = postTo(
  'v3/conversations/{conversationId}/activities/{activityId}',
  'conversationId',
  'activityId',
);

/**
 * Has the client send activities as the JSON that they are. Its own operations take each apart by its schema, and put
 * it together anew.
 */
export function sendsActivitiesAsTheyAre(client: ConnectorClient): ConnectorClient {
  Object.assign(client.conversations, {
    sendToConversation: (conversationId: string, activity: object) =>
      client.sendOperationRequest({ conversationId, activity }, SEND),
    replyToActivity: (conversationId: string, activityId: string, activity: object) =>
      client.sendOperationRequest({ conversationId, activityId, activity }, REPLY),
  });
  return client;
}
