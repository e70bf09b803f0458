import { inBothLanguages } from '../parts/situations';
import { looking } from '../situations/looking';

inBothLanguages(looking);
