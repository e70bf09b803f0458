import { inBothLanguages } from '../parts/situations';
import { requesting } from '../situations/requesting';

inBothLanguages(requesting);
