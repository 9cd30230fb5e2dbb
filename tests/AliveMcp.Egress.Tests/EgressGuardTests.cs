using System.Net;

namespace AliveMcp.Egress.Tests;

public sealed class EgressGuardTests
{
    private static readonly EgressGuard Closed = new(new EgressOptions());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("224.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00::1")]
    public void Nothing_but_the_public_Internet_is_open_by_itself(string address) =>
        Assert.False(Closed.MayDial(IPAddress.Parse(address), 443));

    [Fact]
    public void The_public_Internet_is_open() => Assert.True(Closed.MayDial(IPAddress.Parse("93.184.215.14"), 443));

    [Theory]
    [InlineData("127.0.0.1", 8801, true)]
    [InlineData("127.0.0.1", 8802, false)]
    [InlineData("127.0.0.2", 8801, false)]
    [InlineData("::ffff:127.0.0.1", 8801, true)]
    [InlineData("::1", 9000, true)]
    [InlineData("::1", 9001, false)]
    [InlineData("10.20.30.40", 1, true)]
    [InlineData("10.21.0.0", 1, false)]
    [InlineData("224.0.0.1", 5, true)]
    public void A_range_is_open_on_its_port_alone(string address, int port, bool expected)
    {
        var guard = new EgressGuard(
            new EgressOptions { Allow = ["127.0.0.1/32:8801", "[::1]/128:9000", "10.20.0.0/16:*", "224.0.0.1/32:5"] }
        );

        Assert.Equal(expected, guard.MayDial(IPAddress.Parse(address), port));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void Metadata_opens_by_its_own_switch_only(bool allowMetadata, bool allowPrivate, bool expected)
    {
        var guard = new EgressGuard(
            new EgressOptions
            {
                Allow = ["0.0.0.0/0:*", "[::]/0:*"],
                AllowMetadata = allowMetadata,
                AllowPrivate = allowPrivate,
            }
        );

        Assert.All(
            ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254", "168.63.129.16"],
            address => Assert.Equal(expected, guard.MayDial(IPAddress.Parse(address), 80))
        );
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("192.0.2.1", false)]
    public void The_command_line_switch_opens_what_is_private_and_no_more(string address, bool expected)
    {
        var guard = new EgressGuard(new EgressOptions { AllowPrivate = true });

        Assert.Equal(expected, guard.MayDial(IPAddress.Parse(address), 80));
    }

    [Fact]
    public void All_faults_of_the_settings_are_told_at_once_with_key_and_example()
    {
        var options = new EgressOptions
        {
            Allow =
            [
                "127.0.0.1/32:8801",
                "127.0.0.1:8801",
                "10.0.0.0/8",
                "10.0.0.0/8:0",
                "10.0.0.0/8:65536",
                "::1/128:80",
                "[127.0.0.1]/32:80",
                "10.0.0.0/33:80",
                "everything",
                "",
            ],
        };

        var problems = options.Problems();

        Assert.Equal(
            Enumerable.Range(1, 9).Select(number => $"Egress:Allow:{number}"),
            problems.Select(problem => problem.Field)
        );
        Assert.All(
            problems,
            problem => Assert.Contains("127.0.0.1/32:8801", problem.Message, StringComparison.Ordinal)
        );
        Assert.Throws<ArgumentException>(() => new EgressGuard(options));
    }
}
