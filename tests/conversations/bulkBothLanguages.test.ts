import { inBothLanguages } from '../parts/situations';
import { bulk } from '../situations/bulk';

inBothLanguages(bulk);
