using System.Globalization;
using AliveMcp.Contracts;
using AliveMcp.Contracts.Screening;
using AliveMcp.Probing.Eras;
using AliveMcp.Probing.Evidence;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Steps;

/// <summary>Puts what a try found into the records that travel.</summary>
internal static class ResultWriter
{
    public static ProbeAttempt Attempt(Verdict verdict, Wire wire, Logbook log) =>
        new()
        {
            State = verdict.State,
            Why = verdict.Why,
            FailedAt = verdict.FailedAt,
            Detail = verdict.Detail is { } detail ? EvidenceRecorder.Clean(detail) : null,
            Access = verdict.Access,
            VerifiedTo = verdict.VerifiedTo,
            Phases = Phases(wire, log),
            HttpStatus = verdict.HttpStatus,
        };

    public static Observed Observed(Opening opening, ContractDocument? contract, int listBytes, Wire wire) =>
        new()
        {
            Era = opening.Stop is null ? opening.Era : Era.Auto,
            Transport = opening.Transport?.Kind ?? McpTransport.Auto,
            ProtocolVersion = Short(opening.Version),
            ServerName = Short(opening.ServerName),
            ServerVersion = Short(opening.ServerVersion),
            ToolCount = contract?.ToolCount ?? (opening is { Stop: null, OffersTools: false } ? 0 : null),
            ListBytes = contract is null ? null : listBytes,
            ContractHash = contract?.ContractHash,
            FullHash = contract?.FullHash,
            CertificateEnds = wire.Connector.Certificates?.EndsFirst?.NotAfter,
            CertificateBegins = wire.Connector.Certificates?.EndsFirst?.NotBefore,
            CertificateIssuer = wire.Connector.Certificates?.Issuer,
            AddressBlock = wire.Connector.Address is { } address ? Vocabulary.AddressBlock.Of(address) : null,
            Requests = wire.Requests,
            Bytes = wire.Meter.Bytes,
        };

    /// <summary>How long the server wants to be left alone; only where the status says that it means it.</summary>
    public static TimeSpan? RetryAfter(Stop? stop, TimeProvider clock) =>
        stop is { Status: 429 or 503, Signs.RetryAfter: { } text }
            ? Transports.RetryAfter.Read(text, clock.GetUtcNow())
            : null;

    public static IReadOnlyList<string> Warnings(Courier courier, Logbook log)
    {
        var connector = courier.Wire.Connector;
        if (courier.WasRedirected)
        {
            log.Warn($"the URL redirects; use {courier.Target.GetLeftPart(UriPartial.Path)} instead");
        }

        if (courier.Key is { Standing: KeyStanding.Withheld })
        {
            log.Warn(
                $"the credential is bound to the registered URL and was not shown at {courier.Target.GetLeftPart(UriPartial.Path)}; register that URL"
            );
        }

        if (connector.DeadAddresses > 0)
        {
            log.Warn($"{connector.DeadAddresses} of the name's addresses did not answer");
        }

        foreach (var certificate in connector.Certificates?.Chain ?? [])
        {
            if (certificate.IsNearItsEnd(courier.Wire.Clock.GetUtcNow()))
            {
                log.Warn(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the certificate of {certificate.Subject} ends {certificate.NotAfter:yyyy-MM-dd}"
                    )
                );
            }
        }

        return log.Warnings;
    }

    /// <summary>What was found besides the verdict. Texts are screened when the list is new: everyday probes pay nothing for it.</summary>
    public static IReadOnlyList<ProbeFinding> Findings(ContractDocument? contract, ProbeOrder order, Logbook log)
    {
        if (contract is null)
        {
            return log.Findings;
        }

        var isNew = !string.Equals(contract.FullHash, order.KnownContract, StringComparison.Ordinal);
        return
        [
            .. log.Findings,
            .. contract.Findings.Select(found => new ProbeFinding(
                found.Class,
                found.Code,
                found.Tool,
                SafeText.Of(found.Detail)
            )),
            .. isNew
                ? TextScreen.Screen(Introduction.Before(log.Introduction, contract.Canonical)).Select(Screened)
                : [],
        ];
    }

    private static ProbeFinding Screened(TextFinding found) =>
        new("security", found.Code, found.Tool, $"{found.Detail} {found.Path}: {found.Span}");

    private static PhaseTimes Phases(Wire wire, Logbook log) =>
        new()
        {
            Resolve = Microseconds(wire.Connector.ResolveTook),
            Connect = Microseconds(wire.Connector.ConnectTook),
            Tls = Microseconds(wire.Connector.TlsTook),
            Handshake = Microseconds(log.Handshake),
            Tools = Microseconds(log.Tools),
            TestCall = Microseconds(log.TestCalls),
            FirstByte = Microseconds(wire.FirstByte),
            Total = Microseconds(wire.Connector.SetUpTook + log.Handshake + log.Tools + log.TestCalls),
        };

    // A step that was reached took at least one; zero says "not reached".
    private static int Microseconds(TimeSpan took) =>
        took <= TimeSpan.Zero ? 0 : (int)Math.Clamp(took.TotalMicroseconds, 1, int.MaxValue);

    private static string? Short(string? text) => text is null ? null : SafeText.Of(text, 100);
}
