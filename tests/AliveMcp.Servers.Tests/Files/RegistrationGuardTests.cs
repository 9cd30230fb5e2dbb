using System.Net;
using AliveMcp.Servers.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AliveMcp.Servers.Tests.Files;

public sealed class RegistrationGuardTests
{
    [Fact]
    public void Without_configuration_nothing_closed_may_be_registered() =>
        Assert.False(RegistrationGuard.From(null).MayDial(IPAddress.Loopback, 80));

    [Fact]
    public void What_the_configuration_opens_may_be_registered_on_that_port()
    {
        var guard = RegistrationGuard.From(Settings(("Egress:Allow:0", "127.0.0.1/32:3000")));

        Assert.True(guard.MayDial(IPAddress.Loopback, 3000));
        Assert.False(guard.MayDial(IPAddress.Loopback, 3001));
    }

    [Fact]
    public void All_faults_are_told_with_their_keys()
    {
        var fault = Assert.Throws<OptionsValidationException>(() =>
            RegistrationGuard.From(Settings(("Egress:Allow:0", "everything"), ("Egress:Allow:1", "10.0.0.0/99:1")))
        );

        Assert.Equal(2, fault.Failures.Count());
        Assert.All(fault.Failures, failure => Assert.StartsWith("Egress:Allow:", failure, StringComparison.Ordinal));
    }

    [Fact]
    public void A_flag_that_is_none_is_told_with_its_key()
    {
        var fault = Assert.Throws<OptionsValidationException>(() =>
            RegistrationGuard.From(Settings(("Egress:AllowPrivate", "perhaps")))
        );

        Assert.Contains("Egress:AllowPrivate", fault.Failures.Single(), StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value))
            .Build();
}
