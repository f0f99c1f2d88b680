// The question of consent: what an application asks for beyond what it was given before.
import { consentPage } from '../../views/consent-page.ts'
import type { FormTarget } from '../../views/form.ts'
import type { Page } from '../../views/layout.ts'
import type { Interaction } from '../oidc/edge.ts'
import { Problem } from '../problem.ts'

/** @param target makes the form of one answer, `allow` or `refuse` */
export function consentOf(
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
  })
}
