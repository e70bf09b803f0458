import { hostName, type Settings } from './settings';

/** Where files are fetched from and sent to: their addresses come from outside. */
export interface FilesConfig {
  /** These hosts and all below them, by https. */
  readonly hosts: readonly string[];
  /** This machine as well, whatever the port. */
  readonly isLoopbackAllowed: boolean;
}

export function readFiles(settings: Settings, isLocal: boolean): FilesConfig {
  const hosts = settings.list(
    'FILE_HOSTS',
    hostName('host names such as sharepoint.com, separated by commas,'),
  );
  return { hosts: hosts.length > 0 ? hosts : ['sharepoint.com'], isLoopbackAllowed: isLocal };
}
