import { inBothLanguages } from '../parts/situations';
import { keys } from '../situations/keys';

inBothLanguages(keys);
