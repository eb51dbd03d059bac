import { on } from './seamcut';

const said = "it's";
const escaped = "a \"b\"";
const plain = 'kept';
const path = `/${'inner'}`;
export const type = { 'content-type': 'json', on };
