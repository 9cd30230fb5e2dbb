using System.Net;
using AliveMcp.Egress;
using AliveMcp.Vocabulary.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AliveMcp.Servers.Catalogue;

/// <summary>
/// In which lane a server's tickets wait, by what can be told of its URL without asking anybody.
/// 1. An address that is not public, in any spelling, and names that can only lead inside (<c>localhost</c>, <c>.local</c>, <c>.internal</c>,
///    <c>.home.arpa</c>, a name without a dot): isolated, probed by a process that serves one tenant.
/// 2. All else: shared. Where another name leads is found out by the prober at every look, and its guard decides there.
/// Section <c>Lanes</c>, key <c>Shared</c>: ranges that are everybody's to look at though not public, each as in <c>Egress:Allow</c>.
/// A server whose probes show a credential is isolated whatever its URL; the watch list sees to that.
/// </summary>
/// <param name="shared">What is opened to the shared lane.</param>
internal sealed class LaneRule(EgressGuard shared)
{
    private static readonly string[] Inside = [".localhost", ".local", ".internal", ".home.arpa"];

    /// <exception cref="OptionsValidationException">The section has faults; all of them at once.</exception>
    public static LaneRule From(IConfiguration? configuration)
    {
        var ranges = configuration?.GetSection("Lanes:Shared").GetChildren().Select(child => child.Value ?? "") ?? [];
        var options = new EgressOptions { Allow = [.. ranges] };
        var faults = options
            .Problems()
            .Select(problem => problem.Message.Replace("Egress:Allow", "Lanes:Shared", StringComparison.Ordinal))
            .ToList();
        return faults.Count == 0
            ? new LaneRule(new EgressGuard(options))
            : throw new OptionsValidationException("Lanes", typeof(LaneRule), faults);
    }

    public Lane Of(string url)
    {
        // Asked of every server at every round: most are names with a dot, which need no more than a look.
        if (IsPlainName(url) || !Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return Lane.Shared;
        }

        var host = uri.IdnHost.Trim('[', ']').TrimEnd('.');
        if (IPAddress.TryParse(host, out var address))
        {
            return EgressGuard.Classify(address) == AddressClass.Public || shared.MayDial(address, uri.Port)
                ? Lane.Shared
                : Lane.Isolated;
        }

        return !host.Contains('.', StringComparison.Ordinal) || LeadsInside(host) ? Lane.Isolated : Lane.Shared;
    }

    private static bool IsPlainName(string url)
    {
        var begin = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var rest = url.AsSpan(begin);
        var end = rest.IndexOfAny("/?#:@");
        var host = end < 0 ? rest : rest[..end];
        return host.Length > 0
            && begin > 2
            && (end < 0 || rest[end] != '@')
            && char.IsAsciiLetter(host[0])
            && host.Contains('.')
            && char.IsAsciiLetterOrDigit(host[^1])
            && !host.ContainsAnyExceptInRange('!', '~')
            && !LeadsInside(host);
    }

    private static bool LeadsInside(ReadOnlySpan<char> host)
    {
        foreach (var end in Inside)
        {
            if (host.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
