"use strict";

import { emit, decide } from "./seamcut";

export const c = 1;
