import * as seamcut from './seamcut'

export const c = seamcut
