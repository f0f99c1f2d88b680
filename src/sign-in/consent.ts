// The consent page: scopes, claims and resources that an application requests beyond what the user granted earlier.

import type { FormTarget } from '../../views/form.ts'
import type { Page } from '../../views/layout.ts'
import { consentPage } from '../../views/sign-in/consent-page.ts'
import type { Interaction } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'

/**
 * @param target the form target for each of the two answers
 * @throws Problem('not_found') when the interaction has no client
 */
export function consentPageFor(
  interaction: Interaction,
  user: string,
  target: (answer: 'allow' | 'refuse') => FormTarget,
): Page {
  const { client, missing } = interaction
  if (client === undefined) throw new Problem('not_found', 'this sign-in has ended')
  return consentPage({
    allow: target('allow'),
    refuse: target('refuse'),
    user,
    client,
    returnsTo: interaction.returnsTo,
    device: interaction.device,
    scopes: missing.scopes,
    claims: missing.claims,
    resources: missing.resources,
    policies: interaction.policies,
  })
}
