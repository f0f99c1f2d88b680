// Mail that could not be sent for a while, for whoever may look at the mail server.
import { day, isoOf } from '../../../views/console/frame/parts.ts'
import type { Need } from '../../../views/console/home/home.ts'
import { counted, known, sentences, t } from '../../../views/console/message.ts'
import { mailPath } from '../../../views/console/settings/mail-server.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import { sentence } from '../frame/sentence.ts'

/** Seconds for which the oldest message must have failed: shorter failures end without anybody's help. */
const shortest = 600

export async function mailNeeds(request: ConsoleRequest): Promise<readonly Need[]> {
  const { accountId, ports } = request
  const { serverAccountId, mailServer } = ports.use
  if (accountId !== serverAccountId) return []
  const resource = `arn:aws:chancery::${serverAccountId}:mail-server`
  if ((await request.denial({ action: 'chancery:GetMailServer', resource })) !== undefined) return []
  const { waiting, failure } = await mailServer.outbox()
  if (failure === undefined || ports.now() - failure.since < shortest) return []
  const since = isoOf(failure.since)
  return [
    {
      title: t('Mail cannot be sent since {time} UTC on {day}', {
        time: since.slice(11, 16),
        day: day(since),
      }),
      text: sentences([
        known(sentence(failure.reason)),
        counted(waiting, 'A message waits.', '{count} messages wait.'),
      ]),
      href: mailPath,
    },
  ]
}
