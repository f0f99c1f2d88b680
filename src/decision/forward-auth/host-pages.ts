// What this server answers on protected hosts: the paths below `/.chancery/`, which the proxy passes on without asking. Besides the end of
// a sign-in they have the files of the pages that are shown there (refusal.ts), because files of another origin would need a
// content policy of their own and fonts a CORS header.
import type { Route } from '../../web/route.ts'

/** Path prefix of this server on protected hosts. */
export const hostPrefix = '/.chancery'

/** Routes of files, under the prefix. */
export const hostFiles = (files: readonly Route[]): readonly Route[] =>
  files.map((route) => ({ ...route, path: hostPrefix + route.path }))
