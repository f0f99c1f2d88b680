// What a change ends (sessions, tokens, keys) as part of an answer: of a dry run, and of the change itself.
import { z } from 'zod'
import type { Ending } from '../../iam/people/ending.ts'

export const dryRun = z.boolean().default(false).describe('only say what would end')

export const endingAnswer = z.strictObject({
  dryRun: z.boolean().describe('true: nothing was changed'),
  ends: z.strictObject({
    browserSessions: z.int(),
    applications: z.array(z.string()).describe('client ids of applications whose tokens end'),
    accessKeys: z.array(z.string()).describe('ids of access keys that stop working'),
    roleSessions: z.string().describe('which sessions of roles end; they are not stored, so not counted'),
  }),
})

export const endingOf = (isDryRun: boolean, ends: Ending): z.input<typeof endingAnswer> => ({
  dryRun: isDryRun,
  ends: { ...ends, applications: [...ends.applications], accessKeys: [...ends.accessKeys] },
})
