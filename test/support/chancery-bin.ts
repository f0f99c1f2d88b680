// The `chancery` command that tests run: the sources, or in `npm test` the bundle of them that runner/run-tests.ts has made.
import { resolve } from 'node:path'

/** As a clone starts it, without a bundle. */
export const sourceBin = resolve(import.meta.dirname, '../../src/bin.js')

/** Path of a script for Node; its arguments are those of `chancery`. */
export const chanceryBin = process.env['CHANCERY_TEST_BIN'] ?? sourceBin
