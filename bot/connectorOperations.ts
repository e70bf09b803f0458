import { createSerializer, type OperationSpec, type OperationURLParameter } from '@azure/core-client';
import { type ConnectorClient, ConversationConstants } from 'botframework-connector';

const TEXT = { name: 'String' } as const;
const AS_IT_IS = { type: { name: 'any' } } as const;

const inPath = (name: string): OperationURLParameter => ({
  parameterPath: name,
  mapper: { serializedName: name, required: true, type: TEXT },
});

const SEND: OperationSpec = {
  httpMethod: 'POST',
  path: 'v3/conversations/{conversationId}/activities',
  urlParameters: [inPath('conversationId')],
  requestBody: { parameterPath: 'activity', mapper: AS_IT_IS },
  responses: { 200: { bodyMapper: AS_IT_IS }, 201: { bodyMapper: AS_IT_IS }, 202: { bodyMapper: AS_IT_IS } },
  serializer: createSerializer(),
};

const REPLY: OperationSpec = {
  ...SEND,
  path: `${SEND.path}/{activityId}`,
  urlParameters: [inPath('conversationId'), inPath('activityId')],
  headerParameters: [
    {
      parameterPath: 'conversationId',
      mapper: { serializedName: ConversationConstants.ConversationIdHttpHeaderName, type: TEXT },
    },
  ],
};

/**
 * Has the client send activities as the JSON that they are. Its own operations take each apart by its schema and put
 * it together anew, which is a good part of what a message costs (docs/performance.md).
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
