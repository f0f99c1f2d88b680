// Disabling, enabling and deleting an identity provider, each after a question that says what ends.
import { t } from '../../../views/console/message.ts'
import { providerPath } from '../../../views/console/providers/providers.ts'
import { html } from '../../../views/html.ts'
import { endingAnswer } from '../../admin/identity-providers/schemas.ts'
import { type ActSpec, actRoutes, type Params } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'

const arnOf = (params: Params): string => params['provider'] ?? ''
/** For titles: `corp.example` of `arn:aws:iam::…:oidc-provider/corp.example`. */
const shownName = (params: Params): string => arnOf(params).replace(/^[^/]*\//, '')

const endsOf = endingAnswer.transform(({ ends: { browserSessions, tokens, roleSessions } }) => ({
  browserSessions,
  applications: tokens,
  roleSessions,
}))

const act = (
  path: string,
  operation: string,
  rest: Pick<ActSpec, 'title' | 'lead' | 'button' | 'next'> & Partial<Pick<ActSpec, 'look' | 'dryRun'>>,
): ActSpec => ({
  section: 'providers',
  path: `/providers/:provider/${path}`,
  operation,
  endsOf,
  back: (params) => ({ href: providerPath(arnOf(params)), title: html`${shownName(params)}` }),
  command: (issuer, params) => adminCommand(issuer, operation, [arnOf(params)]),
  ...rest,
})

export const providerActRoutes = actRoutes([
  act('disable', 'DisableIdentityProvider', {
    title: (params) => t('Disable {name}?', { name: shownName(params) }),
    lead: t('Nobody can sign in with it until it is enabled again. People keep their accounts here.'),
    button: t('Disable'),
    dryRun: 'body',
    next: (params) => `${providerPath(arnOf(params))}&done=disabled`,
  }),
  act('enable', 'EnableIdentityProvider', {
    title: (params) => t('Enable {name}?', { name: shownName(params) }),
    lead: t('People can sign in with it again. What ended stays ended.'),
    button: t('Enable'),
    look: 'primary',
    next: (params) => `${providerPath(arnOf(params))}&done=enabled`,
  }),
  act('end-sessions', 'EndIdentityProviderSessions', {
    title: (params) => t('End what began with {name}?', { name: shownName(params) }),
    lead: t(
      'People sign in with it again when they come back. Do this after a key or a server of the provider was stolen and its settings were changed.',
    ),
    button: t('End sessions'),
    dryRun: 'body',
    next: (params) => `${providerPath(arnOf(params))}&done=ended`,
  }),
  act('delete', 'DeleteIdentityProvider', {
    title: (params) => t('Delete {name}?', { name: shownName(params) }),
    lead: t(
      'Its settings are lost. People keep their accounts here, but cannot sign in with it; roles that trust it give no sessions for its tokens.',
    ),
    button: t('Delete'),
    dryRun: 'query',
    next: () => '/console/providers?done=deleted',
  }),
])
