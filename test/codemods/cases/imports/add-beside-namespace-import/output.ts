import * as seamcut from './seamcut'
import { emit, decide } from './seamcut'

export const c = seamcut
