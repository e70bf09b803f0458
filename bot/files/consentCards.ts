import type { OfferedFile } from '../../dialogs/turn';

/** Teams' own cards for files, which are no Adaptive Cards: Teams words their buttons, in the language of the client. */

interface FileMessage {
  readonly type: 'message';
  /** Stands in the chat list. */
  readonly summary: string;
  readonly attachments: {
    readonly contentType: string;
    readonly contentUrl?: string;
    readonly name: string;
    readonly content: object;
  }[];
}

/** Asks whether a file may be put into the person's OneDrive. What is in its context comes back with the answer. */
export function consentMessage({ what, name, description, size, details }: OfferedFile): FileMessage {
  const context = { what, details };
  return {
    type: 'message',
    summary: description,
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name,
        content: {
          description,
          ...(size !== undefined && { sizeInBytes: size }),
          acceptContext: context,
          declineContext: context,
        },
      },
    ],
  };
}

/** What Teams says of a file in somebody's OneDrive. */
export interface StoredFile {
  readonly name: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

/** The file that is in the person's OneDrive now. */
export const infoMessage = ({ name, contentUrl, uniqueId, fileType }: StoredFile): FileMessage => ({
  type: 'message',
  summary: name,
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      contentUrl,
      name,
      content: { uniqueId, fileType },
    },
  ],
});
