using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stagedoor.Xds.Acceptance.Wire;

/// <summary>
/// Puts the tap on a stream: responses are read where they are written, because the server writes past gRPC's own
/// response stream.
/// </summary>
internal static class TapMiddleware
{
    private const string Key = "tap";

    public static async Task InvokeAsync(WireTap tap, HttpContext http, RequestDelegate next)
    {
        var stream = tap.OpenStream();
        http.Items[Key] = stream;
        var isDelta = http.Request.Path.Value!.Contains("/Delta", StringComparison.Ordinal);
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(new TappedBody(body, tap.TapResponses(stream, isDelta)));
        await next(http);
    }

    public static int StreamOf(ServerCallContext context) => (int)context.GetHttpContext().Items[Key]!;

    private sealed class TappedBody(IHttpResponseBodyFeature inner, ResponseTap tap) : IHttpResponseBodyFeature
    {
        public Stream Stream => inner.Stream;

        public PipeWriter Writer { get; } = new TappedWriter(inner.Writer, tap);

        public void DisableBuffering() => inner.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

        public Task SendFileAsync(
            string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            inner.SendFileAsync(path, offset, count, cancellationToken);

        public Task CompleteAsync() => inner.CompleteAsync();
    }

    private sealed class TappedWriter(PipeWriter inner, ResponseTap tap) : PipeWriter
    {
        private Memory<byte> _last;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _last = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            tap.Feed(_last.Span[..bytes]);
            _last = _last[bytes..];
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}

/// <summary>Puts the tap on the requests.</summary>
internal sealed class TapInterceptor(WireTap tap) : Interceptor
{
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(
            new TappedReader<TRequest>(requestStream, tap, TapMiddleware.StreamOf(context)), responseStream, context);

    private sealed class TappedReader<T>(IAsyncStreamReader<T> inner, WireTap tap, int stream) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken)) return false;
            if (inner.Current is IMessage message) tap.Request(stream, message);
            return true;
        }
    }
}
