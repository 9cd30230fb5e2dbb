using System.Text.RegularExpressions;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>The reason that a stop has, for every fault at every step. Doors are judged in <see cref="DoorRules"/>.</summary>
internal static partial class StopReasons
{
    public static Why Of(Stop stop) =>
        stop.Fault switch
        {
            WireFault.NameNotFound => Why.DnsNotFound,
            WireFault.NameFailed => Why.DnsFailed,
            WireFault.AddressNotAllowed => Why.AddressNotAllowed,
            WireFault.Refused => Why.ConnectionRefused,
            WireFault.Reset => Why.ConnectionReset,
            WireFault.ConnectTimeout => Why.ConnectTimeout,
            WireFault.NoRoute => Why.NoRoute,
            WireFault.Unfit => Why.ProberUnfit,
            WireFault.CertificateExpired => Why.TlsExpired,
            WireFault.CertificateUntrusted => Why.TlsUntrusted,
            WireFault.CertificateNameMismatch => Why.TlsNameMismatch,
            WireFault.TlsFailed => Why.TlsFailed,
            WireFault.HttpStatus => OfStatus(stop),
            WireFault.Redirected => LoginPages.IsOne(stop.Signs?.Location) ? Why.LoginRedirect : Why.Redirected,
            WireFault.BodyTooLarge => IsList(stop) ? Why.ListOverLimit : Why.ResponseTooLarge,
            WireFault.Flood => Why.ResponseTooLarge,
            WireFault.HttpMalformed => Why.HttpMalformed,
            WireFault.NotJsonRpc when stop.Signs?.Wall is not null => Why.BotChallenge,
            WireFault.NotJsonRpc or WireFault.EnvelopeInvalid when stop.InSession && SessionWords.SayLost(stop) =>
                Why.SessionLost,
            WireFault.NotJsonRpc => Why.NotJsonRpc,
            WireFault.MalformedJson => Why.MalformedJson,
            WireFault.TooDeep => IsList(stop) ? Why.ListOverLimit : Why.MalformedJson,
            WireFault.EnvelopeInvalid => Why.EnvelopeInvalid,
            WireFault.StreamEnded => Why.StreamEnded,
            WireFault.RpcError => OfError(stop),
            WireFault.Timeout => IsList(stop) && stop.Begun ? Why.ListIncomplete : Why.Timeout,
            WireFault.Incomplete => Why.HandshakeIncomplete,
            WireFault.VersionUnsupported => Why.VersionUnsupported,
            WireFault.KeyWithheld => Why.CredentialRejected,
            WireFault.NoToken => Why.TokenUnavailable,
            _ => Why.ProberUnfit,
        };

    private static Why OfStatus(Stop stop) =>
        stop.Status switch
        {
            429 => Why.RateLimited,
            // AWS WAF asks its riddle with 405, Sucuri and the older Cloudflare with 503, Imperva and AWS WAF with 202.
            202 or 403 or 405 or 503 when stop.Signs?.Wall is not null => Why.BotChallenge,
            404 when stop.InSession => Why.SessionLost,
            400 when stop.InSession && SessionWords.Mentions(stop) => Why.SessionLost,
            >= 500 when stop.InSession && SessionWords.SayLost(stop) => Why.SessionLost,
            401 => Why.AuthRequired,
            403 => Why.AuthForbidden,
            404 or 410 => Why.HttpNotFound,
            405 => Why.HttpMethod,
            _ => Why.HttpError,
        };

    private static Why OfError(Stop stop)
    {
        if (
            stop.InSession && ((stop.Status is 400 or 404 && SessionWords.Mentions(stop)) || SessionWords.SayLost(stop))
        )
        {
            return Why.SessionLost;
        }

        if (stop.Error is { Code: ErrorCode.Ambiguous } error && !stop.InSession && SpeaksOfSignIn(error.Message))
        {
            return Why.AuthRequired;
        }

        return (stop.Step, stop.Error?.Code) switch
        {
            (ProbeStep.ToolsList, _) => Why.ToolsError,
            (_, ErrorCode.UnsupportedVersion) => Why.VersionUnsupported,
            _ => Why.HandshakeError,
        };
    }

    private static bool SpeaksOfSignIn(string? message) =>
        message is not null
        && (SignInWords().IsMatch(message) || (TokenWords().IsMatch(message) && !ParserWords().IsMatch(message)));

    // "Unexpected token" is a parser's, "token limit" a model's, "author" somebody's: none of them is a door.
    [GeneratedRegex(
        @"\bunauthori[sz]ed\b|\bauthentication\b|\bauthori[sz]ation\b|\b(?:access|bearer|api)[ _-]?(?:token|key)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex SignInWords();

    [GeneratedRegex(
        @"\b(?:missing|invalid|expired) token\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex TokenWords();

    // "Invalid token '<' in JSON at position 0" is a proxy's page in the hands of a parser.
    [GeneratedRegex(
        @"\btoken ['""`]|\bjson\b|\bpars(?:e|er|ing)\b|\bsyntax\b|\bposition \d",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex ParserWords();

    private static bool IsList(Stop stop) => stop.Step == ProbeStep.ToolsList;
}
