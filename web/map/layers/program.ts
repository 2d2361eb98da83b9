/** A program of the graphics card with the arrays it reads; what it is bound to is kept apart from the map's own. */
export interface Program {
  readonly use: () => void;
  /** Fills an input, so many numbers each; `divisor` 0 is read for each corner, 1 for each thing drawn. */
  readonly send: (input: string, values: Float32Array, size: number, divisor: number) => void;
  readonly uniform: (name: string) => WebGLUniformLocation | null;
  /** Draws each thing as a strip of triangles. */
  readonly drawStrips: (corners: number, things: number) => void;
  readonly remove: () => void;
}

/** Compiles and links. On a lost context nothing is made, and nothing drawn. */
export function makeProgram(gl: WebGL2RenderingContext, vertexSource: string, fragmentSource: string): Program {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) continue;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`a program of the map does not link: ${gl.getProgramInfoLog(program)}`);
  const arrays = gl.createVertexArray();
  const buffers = new Map<string, WebGLBuffer>();
  const uniforms = new Map<string, WebGLUniformLocation | null>();
  return {
    use: () => {
      gl.useProgram(program);
      gl.bindVertexArray(arrays);
    },
    send: (input, values, size, divisor) => {
      const buffer = buffers.get(input) ?? gl.createBuffer();
      buffers.set(input, buffer);
      const at = gl.getAttribLocation(program, input);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, size, gl.FLOAT, false, 0, 0);
      gl.vertexAttribDivisor(at, divisor);
    },
    uniform: (name) => {
      if (!uniforms.has(name)) uniforms.set(name, gl.getUniformLocation(program, name));
      return uniforms.get(name) ?? null;
    },
    drawStrips: (corners, things) => {
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, corners, things);
      gl.bindVertexArray(null);
    },
    remove: () => {
      for (const buffer of buffers.values()) gl.deleteBuffer(buffer);
      gl.deleteVertexArray(arrays);
      gl.deleteProgram(program);
    },
  };
}
