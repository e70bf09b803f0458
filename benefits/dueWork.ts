import { chase } from './activation';
import { handOver } from './handOver';
import type { Stored } from './model';
import type { DueWork } from './work';
import type { Ports } from './ports';
import { countRefusals } from './refusals';
import { freeSeat } from './release';
import { finishReleasing } from './releaseAll';

/** Does a piece of due work whose time has come, and takes it off the list, in one transaction. */
export function doDueWork(ports: Ports, due: Stored<DueWork>): Promise<void> {
  switch (due.kind) {
    case 'chase':
      return chase(ports, due);
    case 'handover':
      return handOver(ports, due);
    case 'freeSeat':
      return freeSeat(ports, due);
    case 'releaseAll':
      return finishReleasing(ports, due);
    case 'countRefusals':
      return countRefusals(ports, due);
    default:
      throw new Error(`nobody does ${due.kind}`);
  }
}
