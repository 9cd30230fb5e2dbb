using AliveMcp.Alerting.SelfTest;
using AliveMcp.Hosting.Start;
using AliveMcp.Tenancy.Letters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AliveMcp.Host.Tests.Start;

public sealed class StartFaultsTests
{
    [Theory]
    [InlineData(
        "Alerts:HeartbeatUrl",
        "http://[planted",
        "Alerts:HeartbeatUrl cannot be read as an address, for example https://alivemcp.example.com."
    )]
    [InlineData("Mail:Port", "planted", "Mail:Port cannot be read as a whole number.")]
    [InlineData("Mail:Timeout", "planted", "Mail:Timeout cannot be read as a duration, for example 00:00:20.")]
    public void A_value_that_does_not_fit_is_named_and_not_repeated(string path, string value, string told)
    {
        var failure = Assert.ThrowsAny<InvalidOperationException>(() => Read((path, value)));

        Assert.Equal([told], StartFaults.Of(failure));
    }

    [Fact]
    public void Faults_of_several_groups_are_told_at_once()
    {
        var failure = new AggregateException(
            new OptionsValidationException("a", typeof(MailOptions), ["one", "two"]),
            new OptionsValidationException("b", typeof(AlertOptions), ["three"])
        );

        Assert.Equal(["one", "two", "three"], StartFaults.Of(failure));
    }

    [Fact]
    public void What_is_our_own_fault_keeps_its_stack()
    {
        Assert.Null(StartFaults.Of(new InvalidOperationException("Sequence contains no elements")));
        Assert.Null(
            StartFaults.Of(
                new AggregateException(
                    new OptionsValidationException("a", typeof(string), ["one"]),
                    new TimeoutException()
                )
            )
        );
    }

    private static void Read((string Path, string Value) setting)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { [setting.Path] = setting.Value })
                .Build()
        );
        services.AddOptions<AlertOptions>().BindConfiguration("Alerts");
        services.AddOptions<MailOptions>().BindConfiguration("Mail");
        using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IOptions<AlertOptions>>().Value;
        _ = provider.GetRequiredService<IOptions<MailOptions>>().Value;
    }
}
