// What can be done to a person, beyond changing their profile.
import { t } from '../../../views/console/message.ts'
import { invitedPage, personPath } from '../../../views/console/people/people.ts'
import { html } from '../../../views/html.ts'
import { linkAnswer } from '../../admin/people/link-operations.ts'
import { type ActSpec, actRoutes, type Params } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { isFormProblem } from '../frame/form.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'

const nameOf = (params: Params): string => params['person'] ?? ''
const signInPath = (params: Params): string => `${personPath(nameOf(params))}/sign-in`
const back = (params: Params) => ({ href: signInPath(params), title: html`${nameOf(params)}` })

const act = (
  path: string,
  operation: string,
  rest: Pick<ActSpec, 'title' | 'lead' | 'button' | 'next'> & Partial<Pick<ActSpec, 'dryRun' | 'look'>>,
): ActSpec => ({
  section: 'people',
  path: `/people/:person/${path}`,
  operation,
  back,
  command: (issuer, params) => adminCommand(issuer, operation, Object.values(params)),
  ...rest,
})

const acts: readonly ActSpec[] = [
  act('disable', 'DisablePerson', {
    title: (params) => t('Disable {name}?', { name: nameOf(params) }),
    lead: t(
      'They can no longer sign in. What ends stays ended when they are enabled again, but active access keys then work again: deactivate those that should not.',
    ),
    button: t('Disable'),
    dryRun: 'body',
    next: (params) => `${signInPath(params)}?done=disabled`,
  }),
  act('enable', 'EnablePerson', {
    title: (params) => t('Enable {name}?', { name: nameOf(params) }),
    lead: t('They can sign in again, and their active access keys work again. What else ended stays ended.'),
    button: t('Enable'),
    look: 'primary',
    next: (params) => `${signInPath(params)}?done=enabled`,
  }),
  act('sign-out', 'SignOutPerson', {
    title: (params) => t('Sign {name} out everywhere?', { name: nameOf(params) }),
    lead: t('Every browser session ends, with what was made in it.'),
    button: t('Sign out everywhere'),
    dryRun: 'body',
    next: (params) => `${signInPath(params)}?done=signed-out`,
  }),
  act('reset-factors', 'ResetPersonFactors', {
    title: (params) => t('Reset the second factors of {name}?', { name: nameOf(params) }),
    lead: t(
      'Their second factors are removed, and they set up new ones when they next sign in. Do this only when you are sure that they asked for it.',
    ),
    button: t('Reset'),
    dryRun: 'body',
    next: (params) => `${signInPath(params)}?done=factors`,
  }),
  act('sessions/:session/end', 'EndPersonSession', {
    title: (params) => t('End this session of {name}?', { name: nameOf(params) }),
    lead: t('The browser is signed out, and what was made in the session ends.'),
    button: t('End the session'),
    dryRun: 'query',
    next: (params) => `${signInPath(params)}?done=session`,
  }),
  act('trusted-browsers/:browser/remove', 'RemoveTrustedBrowser', {
    title: (params) => t('Trust this browser of {name} no more?', { name: nameOf(params) }),
    lead: t('They are asked for their second factor there when they next sign in. Sessions stay.'),
    button: t('Remove'),
    next: (params) => `${signInPath(params)}?done=trust`,
  }),
  act('trusted-browsers/remove', 'RemoveTrustedBrowsers', {
    title: (params) => t('Trust no browser of {name} any more?', { name: nameOf(params) }),
    lead: t('They are asked for their second factor everywhere when they next sign in. Sessions stay.'),
    button: t('Remove all'),
    next: (params) => `${signInPath(params)}?done=trust`,
  }),
  act('delete', 'DeletePerson', {
    title: (params) => t('Delete {name}?', { name: nameOf(params) }),
    lead: t(
      'Their access keys, factors, memberships and policies are deleted with them. This cannot be undone.',
    ),
    button: t('Delete'),
    dryRun: 'query',
    next: () => '/console/people?done=deleted',
  }),
]

async function openLink(request: ConsoleRequest): Promise<void> {
  if (!(await request.isFresh())) return request.signInAgain(request.ctx.path)
  await confirmLink(request)
}

const confirmLink = async (request: ConsoleRequest, problem?: string): Promise<void> => {
  const name = request.param('person')
  const title = t('Make a one-time link for {name}?', { name })
  await askToConfirm(request, {
    section: 'people',
    title,
    lead: t(
      'With it they choose a new password; earlier links end. Sign-ins with the old password end when they do. Their second factor stays.',
    ),
    crumb: back({ person: name }),
    action: request.ctx.path,
    button: t('Make the link'),
    ...(request.ports.use.linkMail.isConfigured && {
      second: { label: t('Send it by mail'), value: 'mail' },
    }),
    look: 'primary',
    problem,
    commands: [adminCommand(request.ports.issuer, 'CreateSignInLink', [name])],
  })
}

/** The link is in the answer to the form alone, so that no address shows it again. */
async function makeLink(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  if (!(await request.isFresh())) return request.signInAgain(request.ctx.path)
  const name = request.param('person')
  try {
    const made = await request.perform('CreateSignInLink', linkAnswer, {
      params: { person: name },
      body: form.get('do') === 'mail' ? { mail: true } : {},
    })
    await showPage(request, {
      section: 'people',
      title: made.url === undefined ? t('The link is on its way') : t('The link is ready'),
      body: invitedPage({ name, ...made }),
      modules: request.ports.appModules,
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await confirmLink(request, sentence(error.message))
  }
}

export const personActRoutes: readonly ConsoleRoute[] = [
  ...actRoutes(acts),
  ['GET', '/people/:person/link', openLink],
  ['POST', '/people/:person/link', makeLink],
]
