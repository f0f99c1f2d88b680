// Operations that take something from a person or give it back. Those that end something say what, also before they do it.
import { z } from 'zod'
import { type Operation, operation } from '../operation.ts'
import { dryRun, endingAnswer, endingOf } from './ending.ts'
import { password, person, personAnswer } from './schemas.ts'
import { nothing, onePerson, personResource, personTarget } from './target.ts'

const common = { resource: personResource, params: onePerson, target: personTarget }

export const peopleStateOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'DisablePerson',
    method: 'POST',
    path: '/people/:person/disable',
    summary:
      'disable: no sign-in, and access keys work again once enabled; sessions, tokens and role sessions end',
    query: nothing,
    body: z.strictObject({ dryRun }),
    answer: endingAnswer,
    command: { words: 'people disable' },
    async run({ peopleChanges }, { call, input, target, expect }) {
      const answer = endingOf(input.dryRun, await peopleChanges.ending(target, { is: 'user-ended' }))
      if (input.dryRun) return { answer }
      const { before, after } = await peopleChanges.disable(call, target, expect)
      return {
        answer,
        version: after.version,
        before: personAnswer(before),
        after: { ...personAnswer(after), ends: answer.ends },
      }
    },
  }),
  operation({
    ...common,
    name: 'EnablePerson',
    method: 'POST',
    path: '/people/:person/enable',
    summary: 'enable again: access keys work again; what ended stays ended',
    query: nothing,
    body: nothing,
    answer: person,
    command: { words: 'people enable' },
    async run({ peopleChanges }, { target, expect }) {
      const { before, after } = await peopleChanges.enable(target, expect)
      const answer = personAnswer(after)
      return { answer, version: after.version, before: personAnswer(before), after: answer }
    },
  }),
  operation({
    ...common,
    name: 'DeletePerson',
    method: 'DELETE',
    path: '/people/:person',
    summary: 'delete, with access keys, factors, memberships and policies; all sessions end',
    query: z.strictObject({ dryRun }),
    body: nothing,
    answer: endingAnswer,
    command: { words: 'people delete' },
    async run({ peopleChanges }, { call, input, target, expect }) {
      const answer = endingOf(input.dryRun, await peopleChanges.ending(target, { is: 'user-ended' }))
      if (input.dryRun) return { answer }
      await peopleChanges.remove(call, target, expect)
      return { answer, before: personAnswer(target), after: { ends: answer.ends } }
    },
  }),
  operation({
    ...common,
    name: 'SetPersonPassword',
    method: 'POST',
    path: '/people/:person/password',
    summary: 'set a password; sign-ins by an older one end',
    query: nothing,
    body: z.strictObject({
      password,
      mustChange: z.boolean().default(true).describe('it must be changed at the next sign-in'),
    }),
    answer: endingAnswer,
    command: { words: 'people set-password' },
    async run({ peopleChanges }, { call, input, target, expect }) {
      const answer = endingOf(false, await peopleChanges.ending(target, { is: 'password-replaced' }))
      const { before, after } = await peopleChanges.setPassword(call, target, input, expect)
      return {
        answer,
        version: after.version,
        before: personAnswer(before),
        after: { ...personAnswer(after), ends: answer.ends },
      }
    },
  }),
]
