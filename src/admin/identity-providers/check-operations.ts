// Connection tests of identity providers: of one that is stored, of one with changes that are not saved, and of a new one. They
// connect to other servers in our name, with the secrets that a sign-in sends, and so take the permissions of the change.
import { z } from 'zod'
import { type Operation, operation } from '../operation.ts'
import type { ProviderCheck } from '../use-cases.ts'
import {
  checkAnswer,
  checkFacts,
  checkOf,
  entryMembers,
  hasFindings,
  providerKinds,
  unrecorded,
} from './schemas.ts'
import {
  changedProviderTarget,
  newProviderName,
  newProviderTarget,
  oneProvider,
  providerResource,
  providerTarget,
  readOf,
} from './target.ts'

const nothing = z.strictObject({})

/** The answer and the audit entry of a check. */
const checked = (found: ProviderCheck) => ({ answer: checkOf(found), after: checkFacts(found) })

export const checkOperations: readonly Operation[] = [
  operation({
    name: 'CheckIdentityProvider',
    method: 'POST',
    path: '/identity-providers/:provider/check',
    summary:
      'connect to an identity provider step by step as at a sign-in, and look for risks in its settings',
    resource: providerResource,
    conditionKeys: ['aws:ResourceTag'],
    params: oneProvider,
    query: nothing,
    body: nothing,
    answer: checkAnswer,
    command: { words: 'identity-providers check', hasFindings },
    target: providerTarget,
    async run({ identityProviders }, { target }) {
      return checked(await identityProviders.check(target.provider))
    },
  }),
  operation({
    name: 'CheckIdentityProviderChange',
    method: 'POST',
    path: '/identity-providers/:provider/check-change',
    summary: 'check an identity provider as it would be after a change, and save nothing',
    resource: providerResource,
    conditionKeys: ['aws:ResourceTag'],
    also: ['UpdateIdentityProvider'],
    params: oneProvider,
    query: nothing,
    body: z.strictObject(entryMembers),
    answer: checkAnswer,
    maxBody: 1_048_576,
    unrecorded,
    command: { words: 'identity-providers check-change', hasFindings },
    named: providerTarget,
    async target(use, call, input) {
      const found = await changedProviderTarget(use, call, input)
      const update = { action: 'UpdateIdentityProvider', arn: found.arn, keys: found.keys }
      return { ...found, also: [update] }
    },
    async run({ identityProviders }, { target }) {
      return checked(await identityProviders.check(readOf(target.settings)))
    },
  }),
  operation({
    name: 'CheckNewIdentityProvider',
    method: 'POST',
    path: '/identity-provider-checks',
    summary: 'check the settings of a new identity provider, and save nothing',
    resource: providerResource,
    also: ['CreateIdentityProvider'],
    params: nothing,
    query: nothing,
    body: z.strictObject({ kind: z.enum(providerKinds), ...entryMembers }),
    answer: checkAnswer,
    maxBody: 1_048_576,
    unrecorded,
    command: { words: 'identity-providers check-new', hasFindings },
    named: newProviderName,
    async target(use, call, input) {
      const found = await newProviderTarget(use, call, input)
      const create = { action: 'CreateIdentityProvider', arn: found.arn }
      return { ...found, also: [create] }
    },
    async run({ identityProviders }, { target }) {
      return checked(await identityProviders.check(readOf(target)))
    },
  }),
]
