import '../parts/manyRounds';
import './inputConversations.test';
import './inputRows.test';
import './inputTexts.test';
import './inputTurns.test';
