import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sendFailure } from '../failure.ts'
import { compressAnswers } from './compression.ts'

const page = 'index.html'

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Ratssaal</title>
<h1>The app is not built yet</h1>
<p>Run <code>npm run build</code> in the folder of the program, then start the hub again.</p>
<p lang="de">Die App ist noch nicht gebaut: <code>npm run build</code> im Ordner des Programms ausführen, dann den Hub neu starten.</p>
</html>
`

/** The app under `/app/`: files of a folder as they were built; every other path there is a screen of its one page. */
export async function webAppRoutes(app: FastifyInstance, { folder }: { folder: string }): Promise<void> {
  app.get('/app', async (_request, reply) => reply.redirect('/app/', 308))
  await app.register(
    async (scope) => {
      await compressAnswers(scope)
      const isBuilt = existsSync(join(folder, page))
      if (!isBuilt) scope.get('/*', async (_request, reply) => reply.callNotFound())
      else
        await scope.register(files, {
          root: folder,
          cacheControl: false,
          // The build leaves them beside what they are of.
          preCompressed: true,
          setHeaders: (reply, path) => {
            // Vite puts a digest of the content into the names of assets: they never change.
            const isAsset = path.startsWith(join(folder, 'assets'))
            void reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
          },
        })
      scope.setNotFoundHandler(async (request, reply) => {
        if (/\.[\w-]+$/.test(request.url.split('?', 1)[0] ?? ''))
          return sendFailure(reply, { error: 'not-found', message: 'The app has no such file.' })
        if (isBuilt) return reply.code(200).sendFile(page)
        return reply.code(503).type('text/html; charset=utf-8').send(notBuilt)
      })
    },
    { prefix: '/app' },
  )
}
