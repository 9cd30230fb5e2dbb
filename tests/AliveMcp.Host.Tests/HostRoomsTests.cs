using AliveMcp.Hosting;
using AliveMcp.Hosting.Plans;
using AliveMcp.Hosting.Start;
using AliveMcp.Testing.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Host.Tests;

public sealed class HostRoomsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Theory]
    [InlineData("all")]
    [InlineData("web")]
    [InlineData("scheduler")]
    [InlineData("collector")]
    [InlineData("archiver")]
    [InlineData("alerter")]
    public async Task Every_role_has_all_that_its_rooms_ask_for(string role)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateOnBuild = true;
            provider.ValidateScopes = true;
        });
        builder.AddAliveMcpHosting();
        var roles = HostRoles.Read(Settings(("Roles", role)));
        builder.Services.AddRooms(roles, storage.Options, storage.Redis, PlansFile.Read(PlansFile.DefaultPath));

        await using var app = builder.Build();
        app.UseAliveMcpHosting();
        app.MapRooms(roles);

        Assert.NotEmpty(app.Services.GetServices<IHostedService>());
    }

    [Fact]
    public void All_is_every_role()
    {
        Assert.Equal(["web", "scheduler", "collector", "archiver", "alerter"], HostRoles.Read(Settings()).Names);
        Assert.Equal(["web", "archiver"], HostRoles.Read(Settings(("Roles", "archiver, web"))).Names);
    }

    [Fact]
    public void A_word_that_is_no_role_is_refused_with_an_example()
    {
        var refused = Assert.Throws<StartRefusedException>(() => HostRoles.Read(Settings(("Roles", "web,cook"))));

        Assert.Contains("for example web,archiver", refused.Message, StringComparison.Ordinal);
        Assert.Equal(78, refused.ExitCode);
    }

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
}
