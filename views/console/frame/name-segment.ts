// Names as segments of console paths. A form such as `/console/people/invite` has the same shape as the page of a person who is
// named `invite`, so that name is written `~invite`: no name of a person, group or role contains `~`, and a client id that begins
// with it gets another one. So are `.` and `..`, which browsers resolve.

/** Last segments of forms that are beside the pages of named things. */
export const formSegments: ReadonlySet<string> = new Set(['invite', 'new'])

/** A name as one segment of a path, which no form has. */
export const nameSegment = (name: string): string =>
  (formSegments.has(name) || /^(?:~|\.{1,2}$)/.test(name) ? '~' : '') + encodeURIComponent(name)

/** The name in a decoded segment. */
export const nameOfSegment = (segment: string): string =>
  segment.startsWith('~') ? segment.slice(1) : segment
