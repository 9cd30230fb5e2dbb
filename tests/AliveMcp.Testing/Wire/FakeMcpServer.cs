using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Testing.Wire;

/// <summary>A specimen on a real socket of this machine. Speaks until it is disposed, and remembers what it was asked.</summary>
public sealed class FakeMcpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _sessions;

    private FakeMcpServer(WebApplication app, Specimen specimen) => (_app, Specimen) = (app, specimen);

    public Specimen Specimen { get; }

    /// <summary>URL of the endpoint, on 127.0.0.1 (with a certificate: on localhost).</summary>
    public Uri Url { get; private set; } = null!;

    public int Port => Url.Port;

    /// <summary>All requests so far, in their order.</summary>
    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    /// <summary>The sessions that were issued and not ended.</summary>
    public ConcurrentDictionary<string, bool> Sessions { get; } = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, FakeStream> _streams = new(StringComparer.Ordinal);

    /// <summary>Starts a specimen on a free port.</summary>
    /// <param name="certificate">Speaks https (HTTP/1.1 and HTTP/2) with it; null speaks http.</param>
    /// <param name="onlyHttp2">With a certificate: refuses whoever cannot speak HTTP/2.</param>
    public static async Task<FakeMcpServer> StartAsync(
        Specimen specimen,
        X509Certificate2? certificate = null,
        bool onlyHttp2 = false
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MinResponseDataRate = null;
            options.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols =
                        certificate is null ? HttpProtocols.Http1
                        : onlyHttp2 ? HttpProtocols.Http2
                        : HttpProtocols.Http1AndHttp2;
                    if (certificate is not null)
                    {
                        listen.UseHttps(Tls(certificate));
                    }
                }
            );
        });
        var app = builder.Build();
        var server = new FakeMcpServer(app, specimen);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        var port = new Uri(app.Urls.Single()).Port;
        server.Url = new UriBuilder(
            certificate is null ? "http" : "https",
            certificate is null ? "127.0.0.1" : "localhost",
            port,
            specimen.Path
        ).Uri;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    internal FakeStream OpenStream(string session) => _streams.GetOrAdd(session, _ => new FakeStream());

    internal FakeStream? StreamOf(string session) => _streams.GetValueOrDefault(session);

    public string NewSession()
    {
        var session = string.Create(CultureInfo.InvariantCulture, $"session-{Interlocked.Increment(ref _sessions)}");
        Sessions[session] = true;
        return session;
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _stopping.Token);
        try
        {
            var seen = await SeeAsync(http, gone.Token);
            _requests.Enqueue(seen);
            if (Specimen.Delay > TimeSpan.Zero)
            {
                await Task.Delay(Specimen.Delay, TimeProvider.System, gone.Token);
            }

            var call = new FakeCall(http, this, seen, gone.Token);
            await (ReactionTo(seen) ?? FakeManners.AnswerAsync)(call);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && gone.IsCancellationRequested)
        {
            // The client left; that is its good right.
        }
    }

    // Offline: a server that fetches its own missing issuers would look like a probe that does.
    private static TlsHandshakeCallbackOptions Tls(X509Certificate2 certificate)
    {
        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        return new TlsHandshakeCallbackOptions
        {
            OnConnection = _ =>
                ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = context }),
        };
    }

    private Reaction? ReactionTo(SeenRequest seen) =>
        Specimen.Reactions.GetValueOrDefault(seen.Rpc ?? seen.Method) ?? Specimen.Reactions.GetValueOrDefault("*");

    private static async Task<SeenRequest> SeeAsync(HttpContext http, CancellationToken gone)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(gone);
        return new SeenRequest(
            http.Request.Method,
            http.Request.Path + http.Request.QueryString,
            RpcMethod(body),
            http.Request.Headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            ),
            body,
            http.Connection.Id
        );
    }

    private static string? RpcMethod(string body)
    {
        try
        {
            return body.Length > 0 && JsonElement.Parse(body).TryGetProperty("method", out var method)
                ? method.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
