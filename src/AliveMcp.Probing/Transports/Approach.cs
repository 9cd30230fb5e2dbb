using System.Net;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Transports;

/// <summary>A connection that is about to be dialled.</summary>
/// <param name="Secure">TLS will be spoken on it.</param>
internal readonly record struct Approach(string Host, int Port, bool Secure, IPAddress Address);

/// <summary>Why it must not be.</summary>
/// <param name="Step">The step that it is blamed on.</param>
internal sealed record Objection(WireFault Fault, ProbeStep Step, string Detail);
