import { viteStaticCopy } from 'vite-plugin-static-copy'

const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs']

/** Puts what pdf.js fetches at run time beside the app: character maps, fonts, image decoders, colour profiles. */
export const pdfjsAssets = () =>
  viteStaticCopy({
    targets: folders.map((folder) => ({
      src: `../node_modules/pdfjs-dist/${folder}/*`,
      dest: `pdfjs/${folder}`,
      rename: { stripBase: true },
    })),
  })
