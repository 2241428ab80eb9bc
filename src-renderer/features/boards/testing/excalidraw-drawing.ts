/** A drawing as Excalidraw saves it: four things, one that was taken away, and one that boards have nothing for. */
export const drawing = JSON.stringify({
  type: 'excalidraw',
  version: 2,
  elements: [
    {
      type: 'rectangle',
      x: 0,
      y: 0,
      width: 200,
      height: 100,
      angle: Math.PI / 2,
      strokeColor: '#e03131',
      backgroundColor: '#fff',
    },
    {
      type: 'freedraw',
      x: 10,
      y: 20,
      points: [
        [0, 0],
        [5, 5],
        [10, 0],
      ],
      pressures: [0.1, 0.5, 0.9],
      strokeColor: '#1971c2',
    },
    {
      type: 'arrow',
      x: 0,
      y: 0,
      points: [
        [0, 0],
        [100, 50],
      ],
      endArrowhead: 'arrow',
    },
    { type: 'text', x: 5, y: 300, width: 90, height: 25, text: 'Straßen <und> Plätze', fontSize: 20 },
    { type: 'ellipse', x: 0, y: 0, width: 1, height: 1, isDeleted: true },
    { type: 'embeddable', x: 0, y: 0 },
  ],
})
