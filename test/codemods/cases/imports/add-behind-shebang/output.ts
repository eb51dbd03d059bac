#!/usr/bin/env node

import { emit, decide } from "./seamcut";

export const c = 1;
