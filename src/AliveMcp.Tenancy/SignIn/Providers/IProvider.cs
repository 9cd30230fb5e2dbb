namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>Somebody who vouches for people: GitHub, or an OpenID Connect provider.</summary>
internal interface IProvider
{
    /// <summary>Stands in its URLs, for example <c>github</c>.</summary>
    string Key { get; }

    /// <summary>On the button.</summary>
    string DisplayName { get; }

    /// <summary>Whether somebody unknown gets an account.</summary>
    bool OpenRegistration { get; }

    /// <summary>Where the browser goes.</summary>
    /// <exception cref="ProviderFaultException">The provider cannot be asked.</exception>
    Task<Uri> BeginAsync(Pkce secrets, string state, Uri callback, CancellationToken cancellationToken);

    /// <summary>Who came back with this code.</summary>
    /// <exception cref="ProviderFaultException">The provider does not vouch for anybody, or not as it must.</exception>
    Task<ProviderUser> FinishAsync(Pkce secrets, string code, Uri callback, CancellationToken cancellationToken);
}
