document.body.append('placeholder')
