import { inBothLanguages } from '../parts/situations';
import { exporting } from '../situations/exporting';

inBothLanguages(exporting);
