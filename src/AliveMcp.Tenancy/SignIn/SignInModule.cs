using AliveMcp.Storage.Audit;
using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Members;
using AliveMcp.Tenancy.Permissions;
using AliveMcp.Tenancy.Secrets;
using AliveMcp.Tenancy.SignIn.Codes;
using AliveMcp.Tenancy.SignIn.People;
using AliveMcp.Tenancy.SignIn.Providers;
using AliveMcp.Tenancy.SignIn.Sessions;
using AliveMcp.Tenancy.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AliveMcp.Tenancy.SignIn;

/// <summary>How people come in, and what they do with their tenants. Part of <see cref="TenancyModule"/>.</summary>
internal static class SignInModule
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInRules>();
        services.AddOptions<MailOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailRules>();
        services.AddSingleton<LetterBox>();
        services.AddSingleton<SmtpRoute>();
        services.AddSingleton<OwnerAddresses>();
        services.AddSingleton<SignInLetters>();
        services.AddSingleton<Attempts>();
        services.AddSingleton<ProviderDirectory>();
        services.AddSingleton<GroupBindings>();
        services.AddSessions();
        services.AddDesks();
        return services;
    }

    private static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<WebOrigin>();
        services.AddSingleton<WebCookies>();
        services.AddSingleton<SessionDesk>();
        services.AddSingleton<PersonDesk>();
        services.AddScoped<SignedIn>();
        services.AddScoped<SessionDoor>();
    }

    /// <summary>Desks are public and made of parts that are not: so by hand.</summary>
    private static void AddDesks(this IServiceCollection services)
    {
        services.AddSingleton<SealKey>();
        services.AddSingleton<TotpSeal>();
        services.AddSingleton(given => new LinkDesk(
            given.GetRequiredService<PostgresDoors>(),
            given.GetRequiredService<Attempts>(),
            given.GetRequiredService<SignInLetters>(),
            given.GetRequiredService<IOptions<SignInOptions>>(),
            given.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(given => new OwnerLink(
            given.GetRequiredService<PostgresDoors>(),
            given.GetRequiredService<Attempts>(),
            given.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(given => new ProviderDesk(
            given.GetRequiredService<PostgresDoors>(),
            given.GetRequiredService<Attempts>(),
            given.GetRequiredService<ProviderDirectory>(),
            given.GetRequiredService<TimeProvider>(),
            given.GetRequiredService<ILogger<ProviderDesk>>()
        ));
        services.AddSingleton(given => new CodeDesk(
            given.GetRequiredService<PostgresDoors>(),
            given.GetRequiredService<Attempts>(),
            given.GetRequiredService<TotpSeal>(),
            given.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(given => new TenantDesk(
            given.GetRequiredService<PostgresDoors>(),
            given.GetRequiredService<Attempts>(),
            given.GetRequiredService<AuditWriter>(),
            given.GetRequiredService<IOptions<SignInOptions>>(),
            given.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<TenantStandings>();
        services.AddScoped<Trail>();
        services.AddScoped<KeyRing>();
        services.AddScoped<MemberDesk>();
        services.AddScoped<OwnTenantDesk>();
        services.AddScoped(given => new InvitationDesk(
            given.GetRequiredService<PostgresDoors>(),
            given.GetRequiredService<Caller>(),
            given.GetRequiredService<Trail>(),
            (
                given.GetRequiredService<TenantPlans>(),
                given.GetRequiredService<Attempts>(),
                given.GetRequiredService<SignInLetters>()
            ),
            given.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(given => new InvitationDoor(
            given.GetRequiredService<PostgresDoors>(),
            given.GetRequiredService<TenantPlans>(),
            given.GetRequiredService<Attempts>(),
            given.GetRequiredService<AuditWriter>(),
            given.GetRequiredService<TimeProvider>()
        ));
    }
}
