using System.Net;
using System.Security.Cryptography.X509Certificates;
using AliveMcp.Egress;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Transports;

/// <summary>Makes the wires of one probe: same guard, same limits, one meter.</summary>
internal sealed class WireMaker(EgressGuard guard, WireIdentity identity, WireMeter meter)
{
    public TimeProvider Clock => identity.Clock;

    /// <summary>Roots trusted in place of the system's; null trusts the system's.</summary>
    public X509Certificate2Collection? ExtraRoots { get; init; }

    /// <summary>Turns names into addresses; null asks the operating system.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>>? Resolve { get; init; }

    /// <summary>Takes down what goes over all of them; null takes nothing down.</summary>
    public Transcript? Transcript { get; init; }

    public Wire Make(ProbeLimits limits, Deadline deadline, Func<Approach, Objection?>? objects)
    {
        var connector = new WireConnector(new EgressDialer(guard, Clock, Resolve), meter, deadline, Clock)
        {
            ConnectBudget = limits.Connect,
            ExtraRoots = ExtraRoots,
            Objects = objects,
            Transcript = Transcript,
        };
        return new Wire(limits, connector, deadline, meter, identity) { Transcript = Transcript };
    }
}
