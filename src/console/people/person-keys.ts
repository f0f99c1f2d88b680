// Deactivates an access key of a person: with `iam:UpdateAccessKey`, so that it can be activated again by command.
import { t } from '../../../views/console/message.ts'
import { personPath } from '../../../views/console/people/people.ts'
import { html } from '../../../views/html.ts'
import { awsCommand } from '../frame/command.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { isFormProblem } from '../frame/form.ts'
import { openFresh } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'

async function askDeactivate(request: ConsoleRequest, problem?: string): Promise<void> {
  const [userName, accessKeyId] = [request.param('person'), request.param('key')]
  const title = t('Deactivate {key}?', { key: accessKeyId })
  await askToConfirm(request, {
    section: 'people',
    title,
    lead: t('What uses this access key of {name} is refused from now on. It can be activated again.', {
      name: userName,
    }),
    crumb: { href: `${personPath(userName)}/sign-in`, title: html`${userName}` },
    action: request.ctx.path,
    button: t('Deactivate'),
    problem,
    commands: ['Inactive', 'Active'].map((status) =>
      awsCommand(request.ports.issuer, 'iam update-access-key', {
        'user-name': userName,
        'access-key-id': accessKeyId,
        status,
      }),
    ),
  })
}

async function deactivate(request: ConsoleRequest): Promise<void> {
  await request.form()
  if (!(await request.isFresh())) return request.signInAgain(request.ctx.path)
  const [userName, accessKeyId] = [request.param('person'), request.param('key')]
  try {
    await request.ports.iam.updateAccessKey(request.call, { userName, accessKeyId, status: 'Inactive' })
  } catch (error) {
    if (!isFormProblem(error, 'not_found')) throw error
    return askDeactivate(request, sentence(error.message))
  }
  request.redirect(`${personPath(userName)}/sign-in?done=key`)
}

const path = '/people/:person/access-keys/:key/deactivate'

export const personKeyRoutes: readonly ConsoleRoute[] = [
  ['GET', path, openFresh((request) => askDeactivate(request))],
  ['POST', path, deactivate],
]
