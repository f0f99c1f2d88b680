// Operations on identity providers that people sign in with. Settings are those of `identity_providers:` of the configuration file,
// and are checked by the same schema. Providers of the file are listed, and changed there.
import { z } from 'zod'
import type { ManagedProviderView } from '../../iam/provider/managed-provider-view.ts'
import { vouchesDifferently } from '../../iam/provider/provider-rights.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation } from '../operation.ts'
import { dryRun } from '../people/ending.ts'
import type { UseCases } from '../use-cases.ts'
import { checkOperations } from './check-operations.ts'
import { authorizeAsIam, furtherActions } from './permissions.ts'
import {
  changedProvider,
  endingAnswer,
  endingOf,
  entryMembers,
  provider,
  providerAnswer,
  providerKinds,
  providerSummary,
  recordedProvider,
  sessionsGoOn,
  summaryAnswer,
  unrecorded,
} from './schemas.ts'
import {
  changedProviderTarget,
  enabledProviderTarget,
  isOwner,
  newProviderName,
  newProviderTarget,
  oneProvider,
  providerResource,
  providerTarget,
  readOf,
} from './target.ts'
import { tryOperation } from './try-operation.ts'

const nothing = z.strictObject({})
const common = {
  resource: providerResource,
  conditionKeys: ['aws:ResourceTag'],
  params: oneProvider,
  target: providerTarget,
}

const answerOf = (use: UseCases, view: ManagedProviderView) =>
  providerAnswer(view, use.identityProviders.addressesOf(view.provider))

/** The answer and the audit entry of a change. */
const changed = (use: UseCases, before: ManagedProviderView, after: ManagedProviderView) => ({
  answer: answerOf(use, after),
  version: after.version,
  before: recordedProvider(before),
  after: recordedProvider(after),
})

export const identityProviderOperations: readonly Operation[] = [
  operation({
    name: 'ListIdentityProviders',
    method: 'GET',
    path: '/identity-providers',
    summary: 'list identity providers: those of the configuration file and those made at run time',
    resource: 'arn:aws:iam::<account>:identity-provider/*',
    params: nothing,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: listOf(providerSummary),
    command: {
      words: 'identity-providers list',
      columns: ['name', 'kind', 'issuer', 'signIn', 'source', 'state'],
    },
    target: (use, call) => ({
      arn: `arn:aws:iam::${use.serverAccountId}:identity-provider/*`,
      value: isOwner(use, call) ? true : undefined,
    }),
    async run(use, { call, input }) {
      const { markers, identityProviders, serverAccountId } = use
      const answer = await page(
        { markers, call, list: 'identity providers' },
        input,
        (list, request) => identityProviders.managed.list(call, serverAccountId, list, request),
        summaryAnswer,
      )
      return { answer }
    },
  }),
  operation({
    ...common,
    name: 'GetIdentityProvider',
    method: 'GET',
    path: '/identity-providers/:provider',
    summary: 'show one identity provider, without its secrets, and the addresses to give to its other side',
    query: nothing,
    body: nothing,
    answer: provider,
    command: { words: 'identity-providers show' },
    run: async (use, { target }) => ({ answer: answerOf(use, target), version: target.version }),
  }),
  operation({
    name: 'CreateIdentityProvider',
    method: 'POST',
    path: '/identity-providers',
    summary: 'create an identity provider from an entry as in the configuration file',
    resource: providerResource,
    also: furtherActions,
    params: nothing,
    query: nothing,
    body: z.strictObject({
      kind: z.enum(providerKinds),
      ...entryMembers,
      disabled: z.boolean().optional().describe('nobody signs in with it yet'),
    }),
    answer: provider,
    status: 201,
    maxBody: 1_048_576,
    unrecorded,
    command: { words: 'identity-providers create' },
    named: newProviderName,
    target: newProviderTarget,
    async run(use, { call, target }) {
      const read = readOf(target)
      await authorizeAsIam(use, call, { act: 'create', after: read })
      const made = await use.identityProviders.managed.create(read)
      return { answer: answerOf(use, made), version: made.version, after: recordedProvider(made) }
    },
  }),
  operation({
    ...common,
    name: 'UpdateIdentityProvider',
    method: 'PATCH',
    path: '/identity-providers/:provider',
    summary: 'change settings; what is left out stays, also within sign_in, and secrets too; null removes',
    also: furtherActions,
    query: nothing,
    body: z.strictObject(entryMembers),
    answer: changedProvider,
    maxBody: 1_048_576,
    unrecorded,
    command: { words: 'identity-providers update' },
    named: providerTarget,
    target: changedProviderTarget,
    async run(use, { call, target: { found, settings }, expect }) {
      const next = readOf(settings)
      await authorizeAsIam(use, call, { act: 'update', before: found.provider, after: next })
      const { before, after } = await use.identityProviders.managed.update(found, next, expect)
      const result = changed(use, before, after)
      // Nothing began with it, or what did has ended: it was disabled, or people no longer sign in with it.
      const isOver = before.provider.disabled || (before.provider.signIn && next.signIn === undefined)
      return isOver || !vouchesDifferently(before.provider, next)
        ? result
        : { ...result, answer: { ...result.answer, notice: sessionsGoOn } }
    },
  }),
  operation({
    ...common,
    name: 'EndIdentityProviderSessions',
    method: 'POST',
    path: '/identity-providers/:provider/end-sessions',
    summary:
      'end sessions, tokens and role sessions that began with it, as after the theft of a key; the provider stays as it is',
    query: nothing,
    body: z.strictObject({ dryRun }),
    answer: endingAnswer,
    command: { words: 'identity-providers end-sessions' },
    async run({ identityProviders: { managed } }, { input, target, expect }) {
      const answer = endingOf(input.dryRun, await managed.ending(target))
      if (input.dryRun) return { answer }
      await managed.endSessions(target, expect)
      return { answer, version: target.version, after: { ends: answer.ends } }
    },
  }),
  operation({
    ...common,
    name: 'DisableIdentityProvider',
    method: 'POST',
    path: '/identity-providers/:provider/disable',
    summary: 'disable: nobody signs in with it; sessions, tokens and role sessions that began with it end',
    query: nothing,
    body: z.strictObject({ dryRun }),
    answer: endingAnswer,
    command: { words: 'identity-providers disable' },
    async run({ identityProviders: { managed } }, { input, target, expect }) {
      const answer = endingOf(input.dryRun, await managed.ending(target))
      if (input.dryRun) return { answer }
      const { before, after } = await managed.setDisabled(target, true, expect)
      return {
        answer,
        version: after.version,
        before: recordedProvider(before),
        after: { ...recordedProvider(after), ends: answer.ends },
      }
    },
  }),
  operation({
    ...common,
    name: 'EnableIdentityProvider',
    method: 'POST',
    path: '/identity-providers/:provider/enable',
    summary: 'enable again; what ended stays ended',
    also: furtherActions,
    query: nothing,
    body: nothing,
    answer: provider,
    command: { words: 'identity-providers enable' },
    named: providerTarget,
    target: enabledProviderTarget,
    async run(use, { call, target, expect }) {
      await authorizeAsIam(use, call, { act: 'update', after: target.provider })
      const { before, after } = await use.identityProviders.managed.setDisabled(target, false, expect)
      return changed(use, before, after)
    },
  }),
  operation({
    ...common,
    name: 'DeleteIdentityProvider',
    method: 'DELETE',
    path: '/identity-providers/:provider',
    summary: 'delete; sessions, tokens and role sessions that began with it end, and its people stay',
    query: z.strictObject({ dryRun }),
    body: nothing,
    answer: endingAnswer,
    command: { words: 'identity-providers delete' },
    async run(use, { call, input, target, expect }) {
      const { managed } = use.identityProviders
      const answer = endingOf(input.dryRun, await managed.ending(target))
      if (input.dryRun) return { answer }
      await authorizeAsIam(use, call, { act: 'delete', after: target.provider })
      await managed.remove(target, expect)
      return { answer, before: recordedProvider(target), after: { ends: answer.ends } }
    },
  }),
  ...checkOperations,
  tryOperation,
]
