/** Chromium's, which windows have too (WICG mediacapture-transform, before it was for workers alone). */
declare class MediaStreamTrackProcessor<Data> {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number })
  readonly readable: ReadableStream<Data>
}

/** Whether this browser can give the frames of a track to a worker. */
export const canReadTracks = (): boolean => 'MediaStreamTrackProcessor' in globalThis && 'VideoEncoder' in globalThis

/** The frames of a camera or screen as they come; those that nobody reads in time are left out. */
export const pictureFrames = (track: MediaStreamTrack): ReadableStream<VideoFrame> =>
  new MediaStreamTrackProcessor<VideoFrame>({ track, maxBufferSize: 2 }).readable

/** The samples of a microphone as they come. */
export const soundFrames = (track: MediaStreamTrack): ReadableStream<AudioData> =>
  new MediaStreamTrackProcessor<AudioData>({ track, maxBufferSize: 100 }).readable
