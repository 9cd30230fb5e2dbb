using AliveMcp.Cli.Looking;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Probe;

/// <summary>The whole conversation, for <c>--trace --json</c>. Times are milliseconds, those of exchanges since the look's start.</summary>
internal sealed record TranscriptJson(IReadOnlyList<ConnectionJson> Connections, IReadOnlyList<ExchangeJson> Exchanges)
{
    public static TranscriptJson Of(Look look, Sight sight) =>
        new(
            [.. sight.Connections.Select(ConnectionJson.Of)],
            [.. sight.Exchanges.Select(told => ExchangeJson.Of(told, look))]
        );
}

/// <summary>One connection.</summary>
internal sealed record ConnectionJson
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required IReadOnlyList<string> Addresses { get; init; }
    public required string? Address { get; init; }
    public required double ResolveMs { get; init; }
    public required double ConnectMs { get; init; }
    public required double? TlsMs { get; init; }
    public required string? TlsVersion { get; init; }
    public required string? Cipher { get; init; }
    public required string? Alpn { get; init; }
    public required IReadOnlyList<SeenCertificate> Certificates { get; init; }
    public required string? Fault { get; init; }

    public static ConnectionJson Of(Connection told) =>
        new()
        {
            Host = told.Host,
            Port = told.Port,
            Addresses = told.Addresses,
            Address = told.Address,
            ResolveMs = told.Resolve.TotalMilliseconds,
            ConnectMs = told.Connect.TotalMilliseconds,
            TlsMs = told.Tls == TimeSpan.Zero ? null : told.Tls.TotalMilliseconds,
            TlsVersion = told.TlsVersion,
            Cipher = told.Cipher,
            Alpn = told.Alpn,
            Certificates = told.Certificates,
            Fault = told.Fault,
        };
}

/// <summary>One request and what came back.</summary>
internal sealed record ExchangeJson
{
    public required int Number { get; init; }
    public required string Step { get; init; }
    public required string Method { get; init; }
    public required string Url { get; init; }
    public required IReadOnlyList<HeaderLine> RequestHeaders { get; init; }
    public required string? RequestBody { get; init; }
    public required string? StatusLine { get; init; }
    public required IReadOnlyList<HeaderLine> ResponseHeaders { get; init; }
    public required string ResponseBody { get; init; }
    public required long ResponseBytes { get; init; }
    public required long CutBytes { get; init; }
    public required double BeganMs { get; init; }
    public required double? SentMs { get; init; }
    public required double? HeadMs { get; init; }
    public required double EndMs { get; init; }
    public required string? Fault { get; init; }
    public required string Curl { get; init; }

    public static ExchangeJson Of(Exchange told, Look look) =>
        new()
        {
            Number = told.Number,
            Step = StepWords.Name(told.Step),
            Method = told.Method,
            Url = told.Url,
            RequestHeaders = told.RequestHeaders,
            RequestBody = told.RequestBody,
            StatusLine = told.StatusLine,
            ResponseHeaders = told.ResponseHeaders,
            ResponseBody = told.ResponseBody,
            ResponseBytes = told.ResponseBytes,
            CutBytes = told.CutBytes,
            BeganMs = told.BeganAt.TotalMilliseconds,
            SentMs = told.SentAt?.TotalMilliseconds,
            HeadMs = told.HeadAt?.TotalMilliseconds,
            EndMs = told.EndAt.TotalMilliseconds,
            Fault = told.Fault,
            Curl = Probe.Curl.Line(told, look),
        };
}
