using System.Net;
using AliveMcp.Vocabulary;

namespace AliveMcp.Egress;

/// <summary>What a self-hosted install or a test opens beyond the public Internet. Section <c>Egress</c>; empty by default.</summary>
public sealed class EgressOptions
{
    /// <summary>
    /// Ranges that may be dialled though they are not public, each <c>CIDR:port</c> or <c>CIDR:*</c>,
    /// for example <c>127.0.0.1/32:8801</c> or <c>[::1]/128:9000</c>. Never opens a metadata address.
    /// </summary>
    public IReadOnlyList<string> Allow { get; set; } = [];

    /// <summary>Lets <see cref="Allow"/> and <see cref="AllowPrivate"/> reach metadata addresses too. Default false.</summary>
    public bool AllowMetadata { get; set; }

    /// <summary>Opens every loopback, private, link-local and carrier range on every port. Default false; meant for the command line.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>
    /// The address of this machine that connections go out from, for example <c>127.0.0.2</c>; null (the default) leaves it to the system.
    /// A loopback address is used towards loopback alone, any other towards everything of its family that is not loopback.
    /// </summary>
    public string? SourceAddress { get; set; }

    /// <summary>Every fault of these settings at once, each naming its key and an example; empty when they are good.</summary>
    public IReadOnlyList<Problem> Problems()
    {
        var problems = new List<Problem>();
        for (var i = 0; i < Allow.Count; i++)
        {
            if (!AllowedRange.TryParse(Allow[i], out _))
            {
                problems.Add(
                    new Problem(
                        "egress_range_invalid",
                        $"Egress:Allow:{i} is '{Allow[i]}': write a CIDR and a port, for example 127.0.0.1/32:8801, [::1]/128:9000 or 10.0.0.0/8:*.",
                        $"Egress:Allow:{i}"
                    )
                );
            }
        }

        if (SourceAddress is not null && !IPAddress.TryParse(SourceAddress, out _))
        {
            problems.Add(
                new Problem(
                    "source_address_invalid",
                    $"Prober:SourceAddress is '{SafeText.Of(SourceAddress, 80)}': write an address of this machine, for example 127.0.0.2.",
                    "Prober:SourceAddress"
                )
            );
        }

        return problems;
    }
}
