import { inBothLanguages } from '../parts/situations';
import { seats } from '../situations/seats';

inBothLanguages(seats);
