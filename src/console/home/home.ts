// Home: what to do on the first day, and what needs somebody. Every part reads a bounded number of records.
import { homePage, noRightsPage, type Tick } from '../../../views/console/home/home.ts'
import { t } from '../../../views/console/message.ts'
import { auditEntry } from '../../admin/audit/schemas.ts'
import { client } from '../../admin/clients/schemas.ts'
import { listOf } from '../../admin/list.ts'
import { isProblem } from '../../problem.ts'
import { requestNeeds } from '../access/requests.ts'
import { activityRows } from '../activity/app-names.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { hasAnySection, showPage } from '../frame/show.ts'
import { lastDayOf } from './last-day.ts'
import { needsOf } from './needs.ts'

/** Roles whose trust policies are looked at. */
const mostRoles = 100
const day = 86_400

async function showHome(request: ConsoleRequest): Promise<void> {
  const requests = await requestNeeds(request)
  // Who may see no section and decides no request: the further reads would all be denials in the audit trail.
  if (requests.length === 0 && !(await hasAnySection(request))) {
    const body = noRightsPage({ name: request.user.name, arn: request.user.arn })
    return showPage(request, { section: undefined, title: t('No rights in the console'), body, status: 403 })
  }
  const roles = await part(
    async () => (await request.ports.iam.listRoles(request.call, { maxItems: mostRoles })).items,
  )
  const own = 'value' in roles ? roles.value : []
  const [secured, administrators, app, refusals, lastDay, { needs, more, onlyFirst }] = await Promise.all([
    request.ports.hasSecondFactor(request.user.id),
    hasSecondAdministrator(request),
    hasApp(request),
    recentRefusals(request),
    lastDayOf(request),
    needsOf(request, own),
  ])
  const ticks: readonly Tick[] = [
    {
      title: t('Secure your own sign-in'),
      text: t('A second factor, so that a password alone does not sign in as you.'),
      href: '/account/authenticator/add',
      label: t('Add one'),
      done: secured,
    },
    {
      title: t('A second administrator'),
      text: t(
        'So that nobody is locked out when you are away. Invite somebody, then attach AdministratorAccess.',
      ),
      href: '/console/people/invite',
      label: t('Invite'),
      done: administrators,
    },
    {
      title: t('Mail'),
      text: t('For invitations, forgotten passwords and notices.'),
      href: '/console/settings/mail',
      label: t('Set up'),
      // The mail server belongs to the first account.
      done:
        request.accountId === request.ports.use.serverAccountId
          ? request.ports.use.linkMail.isConfigured
          : undefined,
    },
    {
      title: t('Your first app'),
      text: t('Anything that signs people in with OpenID Connect.'),
      href: '/console/apps/new',
      label: t('Connect the app'),
      done: app,
    },
    {
      title: t('Your first role for a workload'),
      text: t('A job or pod exchanges its token for credentials that are valid for minutes.'),
      href: '/console/workloads/new',
      label: t('Make one'),
      done: own.some(({ trust }) => /:(?:oidc|saml)-provider\//.test(trust)),
    },
  ]
  await showPage(request, {
    section: 'home',
    title: t('Home'),
    body: homePage({
      name: request.user.name,
      ticks,
      needs: [...requests, ...needs],
      more,
      onlyFirst,
      refusals,
      lastDay,
      arn: request.user.arn,
    }),
  })
}

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess'

/** Whether more than one person, or a group, has AdministratorAccess; undefined when the reader may not know. */
async function hasSecondAdministrator(request: ConsoleRequest): Promise<boolean | undefined> {
  const found = await part(() =>
    request.ports.iam.listEntitiesForPolicy(request.call, {
      policyArn: administratorAccess,
      maxItems: 10,
    }),
  )
  return 'value' in found ? found.value.users.length > 1 || found.value.groups.length > 0 : undefined
}

/** Whether there is an app; undefined when the reader may not know, or apps belong to another account. */
async function hasApp(request: ConsoleRequest): Promise<boolean | undefined> {
  try {
    const found = await part(() => request.perform('ListClients', listOf(client), { query: { limit: '1' } }))
    return 'value' in found ? found.value.items.length > 0 : undefined
  } catch (error) {
    if (isProblem(error, 'not_found')) return undefined
    throw error
  }
}

/** The latest refusals of a day; undefined when the reader may not know. */
async function recentRefusals(request: ConsoleRequest) {
  const from = new Date((request.ports.now() - day) * 1000).toISOString()
  const found = await part(() =>
    request.perform('ListAuditEntries', listOf(auditEntry), {
      query: { outcome: 'not-done', from, limit: '6' },
    }),
  )
  return 'value' in found ? activityRows(request, found.value.items) : undefined
}

export const homeRoutes: readonly ConsoleRoute[] = [['GET', '', showHome]]
