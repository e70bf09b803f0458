import { inBothLanguages } from '../parts/situations';
import { users } from '../situations/users';

inBothLanguages(users);
